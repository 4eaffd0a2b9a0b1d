import { join } from 'node:path';
import { describe } from 'vitest';
import { liveStories } from '../support/live-story.ts';
import { zaloBotStage } from '../support/story-zalo-bot.ts';
import { zaloStage } from '../support/story-zalo.ts';

describe('journeys on the Official Account', () => {
  liveStories(join(import.meta.dirname, 'zalo'), zaloStage);
});

describe('journeys on the Bot Platform', () => {
  liveStories(join(import.meta.dirname, 'zalo-bot'), zaloBotStage);
});
