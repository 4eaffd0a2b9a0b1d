import { join } from 'node:path';
import { describe } from 'vitest';
import { liveStories } from '../support/live-story.ts';
import { telegramStage } from '../support/story-telegram.ts';

describe('journeys on Telegram', () => {
  liveStories(join(import.meta.dirname, 'telegram'), telegramStage);
});
