/** Headers that every answer carries. A page loosens the content policy for itself, by setting its own. */
import { createMiddleware } from 'hono/factory';

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'geolocation=(), microphone=(), payment=(), usb=()',
};

const UNLESS_SET = {
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
};

export const securityHeaders = createMiddleware(async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(ALWAYS)) c.header(name, value);
  for (const [name, value] of Object.entries(UNLESS_SET)) if (!c.res.headers.has(name)) c.header(name, value);
});
