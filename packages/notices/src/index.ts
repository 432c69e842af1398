export type { NoticeChannel } from './channels/channel.ts';
export { openChannels } from './channels/open-channels.ts';
export type { NoticeSettings } from './notice-settings.ts';
export { type NoticeWords, noticeWords } from './words.ts';
