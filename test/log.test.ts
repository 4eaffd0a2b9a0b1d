import { expect, it } from 'vitest';
import { openLog } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(openLog('info', (line) => lines.push(line)));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes one JSON line an event, with its time', () => {
  expect(logged((log) => log.info({ channel: 'webchat', ms: 3 }, 'turn'))).toEqual([
    { level: 30, time: expect.stringMatching(/^\d{4}-.*Z$/), channel: 'webchat', ms: 3, event: 'turn' },
  ]);
});

it('cuts fields that hold what people wrote or are called, also one level down', () => {
  const [line] = logged((log) => log.warn({ phone: '+84912345678', draft: { name: 'Lan' }, token: 't' }, 'odd'));
  expect(JSON.stringify(line)).not.toMatch(/8491|Lan|"t"/);
  expect(line).toMatchObject({ phone: '[cut]', draft: { name: '[cut]' } });
});

it('writes an error by kind, code and place, without its message', () => {
  const err = Object.assign(new TypeError('values: +84912345678'), { code: 'P2002', cause: new Error('Lan') });
  const [line] = logged((log) => log.error({ err }, 'failed'));
  expect(JSON.stringify(line)).not.toMatch(/8491|Lan/);
  expect(line).toMatchObject({ err: { kind: 'TypeError', code: 'P2002', cause: { kind: 'Error' } } });
  expect((line?.['err'] as { at: string[] }).at[0]).toMatch(/log\.test/);
});

it('keeps below its level silent', () => {
  expect(logged((log) => log.debug({}, 'request'))).toEqual([]);
});
