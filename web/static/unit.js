// Says at once that a file is too large, before all of it is sent; the site says the same without script.
"use strict";
(() => {
  for (const field of document.querySelectorAll("input[type=file][data-most]")) {
    field.addEventListener("change", () => {
      const isTooLarge = [...field.files].some((file) => file.size > Number(field.dataset.most));
      field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
      field.reportValidity();
    });
  }
})();
