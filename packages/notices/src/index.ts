export { type NoticeChannel, type NoticeSettings, openChannels } from './channels.ts';
export { type NoticeWords, noticeWords } from './words.ts';
