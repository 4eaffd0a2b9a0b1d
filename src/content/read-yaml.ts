/**
 * Reads YAML from an editor that may be careless, or hostile: no tags, anchors or aliases, no deep nesting, no key twice,
 * no key that means something to JavaScript. What it gives is plain data, and for each place in it the line.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { findingsIn, type Finding } from './finding.ts';

export const MAX_DEPTH = 12;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export type Path = readonly PropertyKey[];

export interface ReadYaml {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** The line of the place, or of the nearest place around it that exists. */
  lineOf(path: Path): number;
}

const pathKey = (path: Path) => path.map(String).join('\u0000');

/** Nesting can be made with brackets or with `- - - -`; both are counted before the parser, which recurses, sees them. */
function isNestedTooDeep(text: string): number | null {
  const lines = text.split('\n');
  let open = 0;
  for (const [at, line] of lines.entries()) {
    const bare = line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|\s#.*$/g, '');
    for (const mark of bare) {
      if (mark === '[' || mark === '{') open += 1;
      if ((mark === ']' || mark === '}') && open > 0) open -= 1;
      if (open > MAX_DEPTH) return at + 1;
    }
    if (/^\s*([-?:]\s+){9,}/.test(line) || /^ {200,}/.test(line)) return at + 1;
  }
  return null;
}

/** `text` has `\n` line ends; `firstLine` is the line of the file on which it starts. */
export function readYaml(file: string, text: string, firstLine = 1): ReadYaml {
  const { error } = findingsIn(file);
  const nothing = (finding: Finding): ReadYaml => ({ value: undefined, findings: [finding], lineOf: () => firstLine });
  const deepLine = isNestedTooDeep(text);
  if (deepLine !== null) return nothing(error('too-deep', deepLine + firstLine - 1, { max: String(MAX_DEPTH) }));
  const counter = new LineCounter();
  // A mistake at the very end (a bracket left open) is shown on the last line that has words.
  const end = Math.max(0, text.trimEnd().length - 1);
  const lineAt = (offset: number) => counter.linePos(Math.min(offset, end)).line + firstLine - 1;
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
    });
    const syntax = document.errors
      .slice(0, 5)
      .map(({ pos, message, code }) => error('yaml-syntax', lineAt(pos[0]), { what: message.split('\n')[0] ?? code }));
    if (syntax.length > 0) return { value: undefined, findings: syntax, lineOf: () => firstLine };
    const walk = new Walk(file, lineAt);
    const value = document.contents === null ? undefined : walk.node(document.contents as Node, []);
    return { value, findings: walk.findings, lineOf: (path) => walk.lineOf(path) ?? firstLine };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown; // the stack of the parser is full
    return nothing(error('too-deep', firstLine, { max: String(MAX_DEPTH) }));
  }
}

/** One pass over the nodes: plain data, the line of each place, and what is not allowed. */
class Walk {
  readonly findings: Finding[] = [];
  readonly #lines = new Map<string, number>();
  readonly #file: string;
  readonly #lineAt: (offset: number) => number;

  constructor(file: string, lineAt: (offset: number) => number) {
    this.#file = file;
    this.#lineAt = lineAt;
  }

  lineOf(path: Path): number | undefined {
    for (let length = path.length; length >= 0; length -= 1) {
      const line = this.#lines.get(pathKey(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return undefined;
  }

  #refuse(rule: string, node: unknown, values: Finding['values'] = {}): undefined {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    this.findings.push(findingsIn(this.#file).error(rule, this.#lineAt(range?.[0] ?? 0), values));
    return undefined;
  }

  node(node: Node | null, path: Path): unknown {
    if (node === null) return null;
    if (!this.#lines.has(pathKey(path)) && node.range) this.#lines.set(pathKey(path), this.#lineAt(node.range[0]));
    if (path.length > MAX_DEPTH) return this.#refuse('too-deep', node, { max: String(MAX_DEPTH) });
    if (isAlias(node) || node.anchor !== undefined) return this.#refuse('alias', node);
    if (node.tag !== undefined) return this.#refuse('custom-tag', node, { tag: node.tag });
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, at) => this.node(item as Node | null, [...path, at]));
    if (isMap(node)) return this.#map(node.items, path);
    return undefined;
  }

  #map(pairs: readonly unknown[], path: Path): Record<string, unknown> {
    const entries = new Map<string, unknown>(); // the parser's own look for doubles takes quadratic time
    for (const pair of pairs) {
      if (!isPair(pair)) continue;
      const key = this.#key(pair);
      if (key === undefined) continue;
      const range = (pair.key as Node).range;
      if (range) this.#lines.set(pathKey([...path, key]), this.#lineAt(range[0]));
      if (entries.has(key)) this.#refuse('duplicate-key', pair.key, { key });
      entries.set(key, this.node(pair.value as Node | null, [...path, key]));
    }
    return Object.fromEntries(entries);
  }

  /** A key is the text as written: `1.20` is the article 1.20, not the number 1.2. */
  #key(pair: Pair): string | undefined {
    const node = pair.key as Node | null;
    if (!isScalar(node)) return this.#refuse('yaml-syntax', node, { what: 'key' });
    if (node.anchor !== undefined) return this.#refuse('alias', node);
    if (node.tag !== undefined) return this.#refuse('custom-tag', node, { tag: node.tag });
    const key = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    return FORBIDDEN_KEYS.has(key) ? this.#refuse('forbidden-key', node, { key }) : key;
  }
}
