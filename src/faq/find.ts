/** What a question finds. (Filled by the owner of `faq`.) */
import type { FaqId } from '../base/index.ts';

export interface Hit {
  readonly id: FaqId;
  readonly score: number;
}

/**
 * `answer`: the first hit is the answer. `suggest`: «Có phải anh/chị hỏi …» with up to three hits. `unknown`: to staff.
 * `intent`: the words are a wish for the bot itself (gặp cán bộ, chào, đăng ký …), not a question about khuyến công.
 */
export interface FaqDecision {
  readonly decision: 'answer' | 'suggest' | 'unknown';
  readonly hits: readonly Hit[];
  readonly intent?: string;
}
