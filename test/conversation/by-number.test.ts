/** Where a list has numbers (Zalo, a terminal), typing one does what pressing does; where it has none, a number is an answer. */
import { expect, test } from 'vitest';
import { openLibrary, writeToken, type ConversationEvent, type State } from '../../src/conversation/index.ts';
import { renderMessage } from '../../src/texts/index.ts';
import { realPack, settingsOf, tell, type Told } from '../support/story.ts';

const NOW = '2026-11-25T03:00:00.000Z';
const lines = [
  'menu',
  'đăng ký',
  'đồng ý',
  'Hộ bún khô cô Lan',
  'Nguyễn Thị Lan',
  '0912345678',
  'hộ kinh doanh',
  'Tân Phú', // many of that name: readings are offered
  'xã Nga Sơn, Thanh Hóa',
  'chế biến nông sản',
  'mua máy',
  'xong',
  'máy sấy',
  '1',
  '250', // millions or đồng: readings are offered
  '250 triệu',
  'không',
  'bún khô',
  '430 triệu',
  '200 triệu',
  '230 triệu',
  '7',
];

const cameOf = ({ bot, state }: Told) => ({
  bot,
  answers: Object.entries(state.answers).map(([key, { value }]) => [key, value]),
});

test('typing the number of a choice is pressing it, or answering, as the list says', async () => {
  const { pack, texts } = await realPack();
  const library = openLibrary(pack, settingsOf({}));
  const play = (state: State | null, event: Partial<ConversationEvent>) =>
    tell(state, { id: 'e', sentAt: NOW, ...event } as ConversationEvent, library, texts, NOW);
  let state: State | null = null;
  const seen = { picked: 0, answered: 0, mixed: 0 };
  for (const line of lines) {
    const told = play(state, { kind: 'text', text: line });
    const before = (state = told.state);
    const last = told.messages.at(-1);
    if (last === undefined || last.choices.length === 0) continue;
    const shown = renderMessage(last, texts, { lang: 'vi', tokenOf: (id) => id }).choices;
    for (const [place, { id, byNumber }] of shown.entries()) {
      const pressed = cameOf(play(before, { kind: 'choice', token: writeToken(before.shown.turn, id, place) }));
      const typed = cameOf(play(before, { kind: 'text', text: String(place + 1) }));
      if (byNumber === false) expect(typed, `${line}: ${place + 1}`).not.toEqual(pressed);
      else expect(typed, `${line}: ${place + 1}`).toEqual(pressed);
      seen[byNumber === false ? 'answered' : 'picked'] += 1;
    }
    if (new Set(shown.map(({ byNumber }) => byNumber)).size > 1) seen.mixed += 1;
  }
  expect(seen.picked).toBeGreaterThan(30);
  expect(seen.answered).toBeGreaterThan(10);
  expect(seen.mixed).toBeGreaterThan(0);
});
