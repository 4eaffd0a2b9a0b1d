/** Shapes of syllables, keys left over, tokens and spelling. */
import { describe, expect, it } from 'vitest';
import { buildSpeller, isFoldedSyllable, isSyllable, placeTone, soundOf, tokenize } from '../../src/language/index.ts';
import { readTelex, readVni } from '../../src/language/keystrokes.ts';

describe('a syllable', () => {
  it.each(['khuyến', 'nghiệp', 'được', 'quyết', 'gì', 'giếng', 'ở', 'uống', 'thủy', 'khuya', 'nghề', 'quốc', 'ý'])(
    'may be «%s»',
    (word) => expect(isSyllable(word)).toBe(true),
  );
  it.each(['khuyeens', 'coong', 'nghành', 'cnc', 'ngề', 'bb', 'test', 'haccp', 'càp', 'xưởngg'])(
    'is never «%s»',
    (word) => expect(isSyllable(word)).toBe(false),
  );
  it.each(['khuyen', 'duoc', 'nghiep', 'quoc'])('without diacritics may be «%s»', (word) =>
    expect(isFoldedSyllable(word)).toBe(true),
  );
  it.each([
    ['hoà', 'hòa'],
    ['khoẻ', 'khỏe'],
    ['thuỷ', 'thủy'],
    ['quý', 'quý'],
    ['già', 'già'],
    ['hoàn', 'hoàn'],
    ['cnc', 'cnc'],
  ])('«%s» has its tone placed as in «%s»', (typed, placed) => expect(placeTone(typed)).toBe(placed));
  it('sounds like its common misspelling', () => {
    expect(soundOf('su')).toBe(soundOf('xu'));
    expect(soundOf('trien')).toBe(soundOf('chien'));
    expect(soundOf('lang')).toBe(soundOf('nang'));
    expect(soundOf('khuyen')).not.toBe(soundOf('chuyen'));
  });
});

describe('keys left over', () => {
  it.each([
    ['khuyeens', 'khuyến'],
    ['dduwowcj', 'được'],
    ['khuyene', 'khuyên'],
    ['quyeets', 'quyết'],
    ['uw', 'ư'],
  ])('Telex %s is %s', (typed, meant) => expect(readTelex(typed)).toBe(meant));
  it.each(['cnc', 'hoso', 'haccp', 'b2b', 'mua'])('%s is no Telex', (typed) => expect(readTelex(typed)).toBeNull());
  it.each([
    ['ho64', 'hỗ'],
    ['tro75', 'trợ'],
    ['d9a61t', 'đất'],
    ['nu7o7c1', 'nước'],
  ])('VNI %s is %s', (typed, meant) => expect(readVni(typed)).toBe(meant));
  it.each(['nd134', 'tt28', '30a', 'b2b', '134'])('%s is no VNI', (typed) => expect(readVni(typed)).toBeNull());
});

describe('tokens', () => {
  it('are exact in a text with diacritics, open to all tones in one without', () => {
    expect(tokenize('mua máy cho hộ').every(({ exact }) => exact)).toBe(true);
    expect(tokenize('mua may cho ho').some(({ exact }) => exact)).toBe(false);
  });
  it('know where a clause begins', () => {
    expect(tokenize('máy cũ, máy mới').map(({ opens }) => opens)).toEqual([true, false, true, false]);
  });
  it('compare equal however the tone was placed or composed', () => {
    expect(tokenize('hoà'.normalize('NFD'))[0]?.form).toBe(tokenize('hòa')[0]?.form);
  });
});

describe('spelling', () => {
  const speller = buildSpeller(['khuyen', 'cong', 'nghiep', 'thiet', 'may', 'xuong', 'quyet']);
  it.each([
    ['khuyn', 'khuyen'],
    ['nghep', 'nghiep'],
    ['thiect', 'thiet'],
    ['xuogn', 'xuong'],
  ])('reads %s as %s', (typed, meant) => expect(speller(typed)[0]?.word).toBe(meant));
  it('does not guess at short or wholly unlike words', () => {
    expect(speller('x')).toEqual([]);
    expect(speller('zzzzzz')).toEqual([]);
    expect(speller('134')).toEqual([]);
  });
  it('gives the same sound the least penalty', () => {
    expect(buildSpeller(['xuat', 'suot'])('suat')[0]?.word).toBe('xuat');
  });
});
