/** An id of an entry travels in a button (64 bytes with its turn): beyond 48 letters it may not fit. */
import { findingsIn } from '../finding.ts';
import type { Check } from './check.ts';

export const FAQ_ID_MAX = 48;

export const faqIds: Check = ({ draft }) =>
  [...draft.faq.values()]
    .filter(({ item }) => item.id.length > FAQ_ID_MAX)
    .map(({ file, item }) => findingsIn(file).warning('long-id', 1, { id: item.id, max: String(FAQ_ID_MAX) }));
