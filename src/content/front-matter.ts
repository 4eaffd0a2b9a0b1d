/** Parts a Markdown file into its front matter (YAML between `---` lines) and the answer below. */
export interface FrontMatter {
  readonly yaml: string;
  /** Line of the file on which the YAML, and the answer, begins. */
  readonly yamlLine: number;
  readonly body: string;
  readonly bodyLine: number;
}

/** `text` has `\n` line ends. null: the file does not begin with a closed block of front matter. */
export function partFrontMatter(text: string): FrontMatter | null {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0 || lines[first]?.trimEnd() !== '---') return null;
  const end = lines.findIndex((line, at) => at > first && line.trimEnd() === '---');
  if (end < 0) return null;
  const blank = lines.slice(end + 1).findIndex((line) => line.trim() !== '');
  return {
    yaml: lines.slice(first + 1, end).join('\n'),
    yamlLine: first + 2,
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
    bodyLine: end + 2 + Math.max(0, blank),
  };
}
