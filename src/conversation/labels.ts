/** The words of a choice, from its id alone: so a label has one home, for the button and for the one who types it. */
import { faqId, questionId } from '../base/index.ts';
import type { Label, TextTree } from '../content/index.ts';
import { labelOf, placeLabel } from '../dossier/index.ts';
import type { Library } from './library.ts';
import type { Choice } from './message.ts';

export interface ParsedChoice {
  readonly name: string;
  readonly value: string;
}

/** `legalForm=ho-kinh-doanh` → name and value. */
export function parseChoice(id: string): ParsedChoice {
  const at = id.indexOf('=');
  return at < 0 ? { name: 'do', value: id } : { name: id.slice(0, at), value: id.slice(at + 1) };
}

export function choiceLabel(library: Library, id: string): Label {
  const { pack } = library;
  const { name, value } = parseChoice(id);
  if (name === 'do') return { key: `choice.do.${value}` };
  if (name === 'menu') return { key: `menu.entry.${value}` };
  if (name === 'edit') return labelOf(pack, value);
  if (name === 'paper') return labelOf(pack, `documents.${value}`);
  if (name === 'pages') return { key: 'choice.do.pages' };
  if (name === 'page') return { key: 'choice.do.more' };
  if (name === 'faq') return { words: pack.faq.get(faqId(value))?.questions[0] ?? value };
  if (name === 'node' && value === '') return { key: 'choice.do.policyTop' };
  if (name === 'node') return { words: pack.policyTree.find((node) => node.id === value)?.title ?? value };
  if (name === 'place') return unitLabel(library, value);
  if (name === 'case') return { words: value };
  const question = pack.questions.get(questionId(name));
  const choice = question?.choices.find((one) => one.value === value);
  if (choice !== undefined) return { words: choice.label };
  if (question?.kind === 'money') return { key: 'sheet.value', values: { value: { money: Number(value) } } };
  return { key: `choice.${name.startsWith('documents.') ? 'documents' : name}.${value}` };
}

function unitLabel(library: Library, code: string): Label {
  const unit = library.unit(code);
  if (unit === undefined) return { words: code };
  return placeLabel(
    library.pack,
    { province: unit.province, unitType: unit.type, unitCode: unit.code },
    library.unitName,
  );
}

/** A choice whose label follows from its id. */
export const choice = (library: Library, id: string, value?: string): Choice => ({
  id,
  label: choiceLabel(library, id),
  ...(value === undefined ? {} : { value }),
});

/** The bare words of a label, for comparing with what was typed; texts with values are not compared. */
export function labelWords(library: Library, lang: string, label: Label): string {
  if ('words' in label) return label.words;
  const found = label.key
    .split('.')
    .reduce<TextTree | string | undefined>(
      (tree, part) => (typeof tree === 'object' ? tree[part] : undefined),
      library.pack.texts[lang] ?? {},
    );
  return typeof found === 'string' ? found : '';
}
