/**
 * A form as a Word document: the layout (a `.docx` of the content, which people edit in Word) with the values put in its
 * places. The library's own language stays as small as it is: `{name}`, `{#list}…{/list}`, `{^list}…{/list}`, no code.
 */
import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import { xmlText } from './xml-text.ts';

/** The layout cannot be read, or names a place that does not exist or does not close. */
export class LayoutBroken extends Error {
  override readonly name = 'LayoutBroken';
  /** The places at fault, as far as they can be named. */
  readonly places: readonly string[];
  constructor(places: readonly string[]) {
    super(places.join(', '));
    this.places = places;
  }
}

/** Throws `LayoutBroken`. `values` are texts, lists and flags by the names that the layout uses. */
export function writeForm(layout: Uint8Array, values: object): Uint8Array {
  const unknown = new Set<string>();
  try {
    const document = new Docxtemplater(new PizZip(layout), {
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false, // it would print on stdout, where --json has its document
      nullGetter: ({ value }: { readonly value?: string }) => (unknown.add(value ?? '?'), ''),
    });
    document.render(clean(values));
    if (unknown.size > 0) throw new LayoutBroken([...unknown]);
    return document.toUint8Array();
  } catch (error) {
    throw error instanceof LayoutBroken ? error : new LayoutBroken(placesIn(error));
  }
}

interface TemplateFault {
  readonly properties?: {
    readonly xtag?: unknown;
    readonly id?: unknown;
    readonly errors?: readonly TemplateFault[];
  };
}

/** The library gathers its faults in one error. */
function placesIn(error: unknown): readonly string[] {
  const { properties } = error as TemplateFault;
  if (properties?.errors !== undefined) return properties.errors.flatMap(placesIn);
  const place = properties?.xtag ?? properties?.id;
  return [typeof place === 'string' ? place : error instanceof Error ? error.message : String(error)];
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return xmlText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each)]));
}
