/** Japanese, Chinese and Korean. A shorter level is often the end of a longer one. */
import type { Words } from "./Words.ts"

export const japanese: Words = {
  composer: "ChatGPT とチャットする",
  placeholder: "質問してみましょう",
  plus: "ファイルなどを追加",
  upload: "写真とファイルを追加",
  send: "プロンプトを送信する",
  stop: "ストリーミングの停止",
  profile: "プロフィールメニューを開く",
  copy: "コピーする",
  good: "良い回答です",
  bad: "良くない回答です",
  share: "共有する",
  remove: "ファイルを削除",
  options: "会話オプションを開く",
  archive: "アーカイブする",
  unarchive: "アーカイブを解除する",
  erase: "削除する",
  cancel: "キャンセル",
  picker: {
    tiers: ["最速", "中程度", "高い", "非常に高い", "Pro"],
    efforts: ["軽め", "標準", "拡張", "強め"],
    intelligence: "インテリジェンス",
    power: "パワー",
    advanced: "詳細設定",
    showAdvanced: "詳細表示にする",
    model: "モデル",
    effort: "思考量",
    latest: "最新",
    configure: "設定する...",
    legacy: "レガシーモデル",
    position: "{level}、{of} 段階中 {n}。"
  }
}

export const chinese: Words = {
  composer: "与 ChatGPT 聊天",
  placeholder: "询问任何问题",
  plus: "添加文件等",
  upload: "添加照片和文件",
  send: "发送提示",
  stop: "停止流式传输",
  profile: "打开个人资料菜单",
  copy: "复制",
  good: "最佳回复",
  bad: "错误的回复",
  share: "共享",
  remove: "移除文件",
  options: "打开对话选项",
  archive: "归档",
  unarchive: "取消归档",
  erase: "删除",
  cancel: "取消",
  picker: {
    tiers: ["极速", "中", "高", "极高", "Pro"],
    efforts: ["轻度", "标准", "扩展", "深度"],
    intelligence: "智能",
    power: "算力",
    advanced: "高级",
    showAdvanced: "显示高级选项",
    model: "模型",
    effort: "强度",
    latest: "最新",
    configure: "配置...",
    legacy: "旧版模型",
    position: "{level}，第 {n} 级，共 {of} 级。"
  }
}

export const korean: Words = {
  composer: "ChatGPT와 채팅",
  placeholder: "무엇이든 물어보세요",
  plus: "파일 등을 추가",
  upload: "사진 및 파일 추가",
  send: "프롬프트 보내기",
  stop: "스트리밍 중지",
  profile: "프로필 메뉴 열기",
  copy: "복사",
  good: "좋은 응답",
  bad: "별로인 응답",
  share: "공유",
  remove: "파일 제거",
  options: "대화 옵션 열기",
  archive: "아카이브에 보관",
  unarchive: "아카이브에서 복원",
  erase: "삭제",
  cancel: "취소",
  picker: {
    tiers: ["즉시", "중간", "높음", "매우 높음", "Pro"],
    efforts: ["가벼움", "표준", "확장", "강함"],
    intelligence: "인텔리전스",
    power: "성능",
    advanced: "고급",
    showAdvanced: "고급 옵션 표시",
    model: "모델",
    effort: "추론 수준",
    latest: "최신",
    configure: "구성...",
    legacy: "이전 모델",
    position: "{level}, {of}단계 중 {n}단계."
  }
}
