/** An answer of the FAQ with its sources, its standing on the day and how sure it is; suggestions; an honest «not known». */
import { type Day, type FaqId, asDay, faqId, provinceCode } from '../base/index.ts';
import type { Block, FaqEntry } from '../content/index.ts';
import { placeOf } from '../dossier/index.ts';
import { type FaqDecision, findFaq } from '../faq/index.ts';
import { judge } from '../policy/index.ts';
import { certaintyBlock, citesBlock, titleOf } from './cites.ts';
import { yearIn } from './commands.ts';
import { choice } from './labels.ts';
import type { Choice } from './message.ts';
import type { State } from './state.ts';
import { type Scene, named, para, valuesOf } from './step.ts';

export interface Told {
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
}

/** The day that a question is about: «năm 2010», «hồi 2013» name another day than today. */
export function dayAsked(scene: Scene, text: string): Day {
  const year = yearIn(scene.library, text);
  if (year === null || year >= scene.today.slice(0, 4)) return scene.today;
  return asDay(`${year}-12-31`);
}

export function look(state: State, scene: Scene, text: string, on: Day): FaqDecision {
  const place = placeOf(valuesOf(state));
  return findFaq(scene.library.faq, text, {
    on,
    ...(place === undefined ? {} : { province: provinceCode(place.province) }),
  });
}

export const entryOf = (scene: Scene, id: FaqId): FaqEntry | undefined => scene.library.pack.faq.get(id);

/** The answer first, its source after, short. */
export function tellEntry(scene: Scene, id: string, on: Day): Told | null {
  const entry = entryOf(scene, faqId(id));
  if (entry === undefined) return null;
  const sources = citesBlock(scene.library, entry.sources, on, scene.today);
  const certainty = certaintyBlock(entry.certainty);
  return {
    blocks: [
      ...(on === scene.today ? [] : [para(named('faq.onDay', { day: { day: on } }), 'quiet')]),
      para({ words: entry.answer }),
      ...(sources === null ? [para(named('faq.checked', { day: { day: entry.checkedOn } }), 'quiet')] : [sources]),
      ...(certainty === null ? [] : [certainty]),
    ],
    choices: [helpful('yes', id), helpful('no', id)],
  };
}

const helpful = (value: string, id: string): Choice => ({
  id: `helpful=${value}:${id}`,
  label: named(`choice.helpful.${value}`),
});

/** «Có phải anh/chị hỏi …»: up to three, and a way to a person. */
export function suggest(scene: Scene, { hits }: FaqDecision): Told {
  return {
    blocks: [para(named('faq.suggest'))],
    choices: hits.map(({ id }) => choice(scene.library, `faq=${id}`)),
  };
}

/** Which decrees governed on another day: for questions on the law of a year that no entry answers. */
export function tellLawOf(scene: Scene, on: Day): Told {
  const { instruments } = judge({}, scene.library.pack, on).national;
  const blocks: Block[] = [para(named(instruments.length === 0 ? 'faq.noLawOn' : 'faq.lawOn', { day: { day: on } }))];
  for (const id of instruments) {
    const instrument = scene.library.pack.legal.get(id);
    if (instrument === undefined) continue;
    blocks.push(para(titleOf(instrument), 'bold'), para({ words: instrument.summary }));
    const source = citesBlock(scene.library, [id], scene.today);
    if (source !== null) blocks.push(source);
  }
  const now = judge({}, scene.library.pack, scene.today).national.instruments.flatMap(
    (id) => scene.library.pack.legal.get(id) ?? [],
  );
  blocks.push(para(named('faq.lawNow', { list: { list: now.map(titleOf) } })));
  return { blocks, choices: [] };
}
