/** Lines of the conversation, the same when the page is made and when one comes while it is open. */
import type { DeskBlock, DeskFile, DeskLine, Say } from '../../service/desk.ts';
import { When } from './layout.tsx';

export const Lines = ({ lines, code, say }: { lines: readonly DeskLine[]; code: string; say: Say }) => (
  <>
    {lines.map((line) => (
      <Line line={line} code={code} say={say} />
    ))}
  </>
);

const Line = ({ line, code, say }: { line: DeskLine; code: string; say: Say }) => (
  <article class={`line ${line.from}`} data-seq={String(line.seq)}>
    <p class="meta">
      <strong>{line.who}</strong> <When at={line.at} />
    </p>
    {line.blocks.map((block) => (
      <Block block={block} code={code} say={say} />
    ))}
    {line.choices.length === 0 ? null : <p class="quiet">{line.choices.map((label) => `[${label}]`).join(' ')}</p>}
    {line.trouble === null ? null : <p class="trouble">{line.trouble}</p>}
  </article>
);

const Block = ({ block, code, say }: { block: DeskBlock; code: string; say: Say }) => {
  if (block.kind === 'file') return <FileCard file={block.file} code={code} say={say} />;
  if (block.kind === 'paragraph')
    return (
      <p class="said" lang="vi">
        {block.runs.map(({ text }) => text).join('')}
      </p>
    );
  return (
    <ul>
      {block.items.map((runs) => (
        <li>{runs.map(({ text }) => text).join('')}</li>
      ))}
    </ul>
  );
};

/** A picture is shown only when its bytes are one; everything else is a link. */
export const FileCard = ({ file, code, say }: { file: DeskFile; code: string; say: Say }) => {
  const href = `/staff/cases/${code}/files/${encodeURIComponent(file.id)}`;
  if (file.status !== 'ready') {
    return (
      <p class="file">
        {file.name} <span class="trouble">{say(`desk.file.${file.status}`)}</span>
      </p>
    );
  }
  return (
    <p class="file">
      <a href={href} target="_blank" rel="noopener">
        {file.isPicture ? (
          <img src={href} alt={say('desk.file.picture', { name: file.name })} loading="lazy" />
        ) : (
          say('desk.file.open', { name: file.name, size: file.kilobytes })
        )}
      </a>
      {file.lies ? <span class="trouble"> {say('desk.file.lies')}</span> : null}
    </p>
  );
};
