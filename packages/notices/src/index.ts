export { type NoticeChannel, type NoticeSettings, openChannels } from './channels.ts';
export { type NoticeTexts, noticeTexts } from './texts.ts';
