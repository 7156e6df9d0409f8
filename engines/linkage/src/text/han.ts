/**
 * Mandarin readings (Hanyu Pinyin, without tones) of the commonest characters of Chinese personal names, from general
 * knowledge. Several characters have one reading, so that two names may read alike and be two; the other way round a
 * character has nearly always one reading in names, which is why this is done at all. A name with a character that is not
 * here is left as it is.
 */
const readings = `
an 安 bai 白 bao 宝 bin 斌彬 bing 冰兵 bo 波博 cai 蔡 cao 曹 chang 昌常 chao 超 chen 陈晨陳 cheng 成程城 chun 春 cui 崔翠 dai 戴
dan 丹 deng 邓鄧 ding 丁 dong 东董冬東 du 杜 fan 范凡 fang 方芳 fei 飞菲 fen 芬 feng 冯峰凤锋風馮 fu 傅福富 gang 刚钢 gao 高 gong 龚
guang 光广 gui 桂贵 guo 郭国國 hai 海 han 韩涵韓 hao 浩豪昊 he 何贺和 hong 红洪宏紅 hou 侯 hu 胡虎 hua 华花華 huan 欢 huang 黄黃
hui 辉慧惠会輝 huo 霍 ji 吉 jia 贾佳家嘉 jian 建健剑 jiang 江蒋姜 jiao 焦 jie 杰洁婕傑潔 jin 金晋锦 jing 静晶敬靜 jun 军俊君軍
kai 凯 kang 康 ke 柯 kong 孔 kun 坤 lan 兰蓝蘭 lei 雷磊蕾 li 李丽力莉黎立利麗 lian 连莲 liang 梁亮良 lin 林琳 ling 玲凌 liu 刘柳劉
long 龙龍 lu 卢陆路鲁 luo 罗羅 ma 马馬 mao 毛 mei 梅美 meng 孟梦 min 敏民 ming 明铭 mu 穆 na 娜 nan 南楠 ning 宁 pan 潘 pei 裴佩
peng 彭鹏 ping 平萍 qi 齐琦 qian 钱倩 qiang 强強 qiao 乔巧 qin 秦琴勤 qing 青清庆 qiu 邱秋 quan 全泉权 rao 饶 ren 任仁 rong 荣蓉
rui 瑞睿 shan 山珊 shao 邵 shen 沈 sheng 胜生 shi 石史施世诗 shu 淑书 song 宋松 su 苏素蘇 sun 孙孫 tan 谭 tang 唐汤 tao 陶涛
tian 田天 ting 婷庭 tong 童彤 wan 万婉 wang 王汪旺 wei 伟魏卫韦威薇巍偉 wen 文温雯 weng 翁 wu 吴武伍吳 xi 希喜 xia 夏霞 xian 贤
xiang 向翔祥香 xiao 肖小晓萧 xie 谢謝 xin 新鑫欣心 xing 邢兴星 xiong 熊雄 xiu 秀 xu 徐许旭許 xue 薛雪 ya 雅亚 yan 严颜燕艳岩妍
yang 杨阳洋楊 yao 姚瑶 ye 叶葉 yi 易怡毅一义 yin 尹 ying 英莹颖 yong 勇永 you 尤 yu 于余玉宇雨愈 yuan 袁元媛 yue 月岳 yun 云芸
zeng 曾 zhai 翟 zhang 张章張 zhao 赵趙 zhe 哲 zhen 珍真振 zheng 郑正鄭 zhi 志智芝 zhong 钟中忠 zhou 周 zhu 朱竹珠 zhuang 庄 zi 子紫
zou 邹
`
const sounds = new Map<string, string>()
const words = readings.trim().split(/\s+/)
for (let at = 0; at + 1 < words.length; at += 2)
  for (const character of words[at + 1] ?? '') sounds.set(character, words[at] ?? '')

/** `家, 名` as it is read: the first character is the family's. Two to four characters; null where one is not known. */
export function readHan(text: string): { readonly family: string; readonly given: string } | null {
  const characters = [...text]
  if (characters.length < 2 || characters.length > 4) return null
  const read = characters.map((character) => sounds.get(character))
  const [family, ...given] = read
  if (family === undefined || given.includes(undefined)) return null
  return { family, given: given.join('') }
}
