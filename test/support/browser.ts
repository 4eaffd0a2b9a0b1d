/** A real Chromium for tests of pages. Where none is installed the tests are skipped, unless `REQUIRE_BROWSER=1`. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The path of Chromium; null where there is none. */
export const chromiumPath: string | null =
  [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path)) ?? null;

if (chromiumPath === null && process.env['REQUIRE_BROWSER'] === '1') {
  throw new Error(`REQUIRE_BROWSER=1, but no Chromium was found in ${PLACES.join(', ')}`);
}

/** Starts it without anything that calls home. */
export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('No Chromium');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
