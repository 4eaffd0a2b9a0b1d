/** Cases of the staff tests, with ordinary values; a test names only what matters to it. */
import { join } from 'node:path';
import { asDay, caseId, conversationId, provinceCode } from '../../src/base/index.ts';
import { openCase, type Case } from '../../src/casework/index.ts';
import { loadPack } from '../../src/content/files.ts';
import type { Voice } from '../../src/service/case-voice.ts';
import type { RenderedMessage } from '../../src/service/ports.ts';
import { createTexts } from '../../src/texts/index.ts';

/** The real content, as staff read it. */
export async function realVoice(): Promise<Voice> {
  const loaded = await loadPack(join(import.meta.dirname, '../../content'), { today: asDay('2026-11-25') });
  if (!loaded.ok)
    throw new Error(loaded.issues.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  return { pack: loaded.pack, texts: createTexts(loaded.pack.texts), lang: 'vi' };
}

export const OPENED = '2026-11-25T03:00:00.000Z';
export const CODE = 'TH-26-000123';

export const dossier: Case['dossier'] = {
  fields: {
    applicantName: 'Hộ kinh doanh bún khô cô Lan',
    legalForm: 'ho-kinh-doanh',
    representative: 'Nguyễn Thị Lan',
    phone: '+84912345678',
    sector: 'che-bien-nong-lam-thuy-san',
    supportWanted: ['may-moc'],
    requestedSupport: 200_000_000,
  },
  place: { province: 'thanh-hoa', unitType: 'xa', unit: 'Nga Sơn' },
  machines: [
    { name: 'máy sấy', price: 250_000_000 },
    { name: 'máy ép', price: 180_000_000 },
  ],
  documents: {},
  verdict: { kind: 'likely', holds: 4, of: 4, on: '2026-11-25' },
  readiness: { done: 8, of: 12, missing: [], next: null },
};

export const registration = (more: Partial<Case> = {}): Case => ({
  ...openCase(
    {
      id: caseId('c1'),
      code: CODE,
      about: 'registration',
      province: provinceCode('thanh-hoa'),
      conversation: conversationId('k1'),
      dossier,
    },
    OPENED,
  ),
  ...more,
});

/** All the words of a message, one block a line. */
export const wordsOf = ({ blocks }: RenderedMessage): string =>
  blocks
    .flatMap((block) =>
      block.kind === 'paragraph' ? [block.runs] : block.kind === 'list' ? block.items : [[{ text: block.file.name }]],
    )
    .map((runs) => runs.map(({ text }) => text).join(''))
    .join('\n');
