"""`make mirror`: which modules lack their test file, which files do not import theirs, and the written reasons."""

import sys

import click

from tests.mirror.modules import ROOT, imports, mirrored_path, modules, reasons


@click.command()
@click.option("--files", is_flag=True, help="Print the mirrored test files that are there, for pytest to run.")
def main(*, files: bool) -> None:
    """Print the mirror. Exit code 1 where a module has neither its file nor a reason."""
    there = {module: mirrored_path(module) for module in modules() if (ROOT / mirrored_path(module)).is_file()}
    if files:
        click.echo(" ".join(there.values()))
        return
    written = reasons()
    blind = [module for module, path in there.items() if not imports(path, module)]
    for module in modules():
        if module not in there or module in blind:
            lack = f"{mirrored_path(module)} does not import it" if module in blind else "no test file"
            click.echo(f"{module}: {lack}" + (f" ({written[module]})" if module in written else ""))
    click.echo(f"mirror by path: {len(there)}/{len(modules())} {len(there) / len(modules()):.1%}")
    sys.exit(any(module not in written for module in modules() if module not in there or module in blind))


if __name__ == "__main__":
    main()
