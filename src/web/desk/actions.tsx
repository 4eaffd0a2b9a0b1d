/** What may be done to a case, each a form of its own that works without scripts. A note can never be taken for a reply. */
import type { Child } from 'hono/jsx';
import type { CaseView, Option, Say } from '../../service/desk.ts';

export const TEXT_MAX = 4_000;
export const REASON_MAX = 1_000;
export const PLACE_MAX = 200;

interface Props {
  readonly view: CaseView;
  readonly say: Say;
  readonly mark: string;
  readonly nonce: string;
  /** What was typed into a form that was refused. */
  readonly typed?: string;
}

export const Actions = (props: Props) => {
  const { view, say } = props;
  const { may } = view;
  return (
    <>
      {may.take ? (
        <ActionForm {...props} action="take">
          <button class="main" type="submit">
            {say('desk.act.take')}
          </button>
        </ActionForm>
      ) : null}
      {may.reply ? <ReplyForm {...props} /> : null}
      <NoteForm {...props} />
      {may.handBack ? (
        <ActionForm {...props} action="hand-back">
          <p>{say('desk.act.handBackWhy')}</p>
          <button type="submit">{say('desk.act.handBack')}</button>
        </ActionForm>
      ) : null}
      {may.ask ? (
        <More title={say('desk.act.ask')}>
          <ActionForm {...props} action="ask">
            <p>{say('desk.act.askWhy')}</p>
            <Choose say={say} name="field" label={say('desk.act.field')} options={view.askable} />
            <Reason required label={say('desk.act.askReason')} />
            <button type="submit">{say('desk.act.askSend')}</button>
          </ActionForm>
        </More>
      ) : null}
      {may.work && view.colleagues.length > 0 ? (
        <More title={say('desk.act.handOver')}>
          <ActionForm {...props} action="hand-over">
            <Choose say={say} name="to" label={say('desk.act.colleague')} options={view.colleagues} />
            <Reason label={say('desk.act.reason')} />
            <button type="submit">{say('desk.act.handOverSend')}</button>
          </ActionForm>
        </More>
      ) : null}
      {may.forward ? (
        <More title={say('desk.act.forward')}>
          <ActionForm {...props} action="forward">
            <p>{say('desk.act.forwardWhy')}</p>
            <label>
              {say('desk.act.place')}
              <input name="to" list="places" required maxlength={PLACE_MAX} autocomplete="off" />
            </label>
            <datalist id="places">
              {view.places.map((place) => (
                <option value={place}></option>
              ))}
            </datalist>
            <Reason label={say('desk.act.reasonInside')} />
            <button type="submit">{say('desk.act.forwardSend')}</button>
          </ActionForm>
        </More>
      ) : null}
      {may.close ? (
        <More title={say('desk.act.close')}>
          <ActionForm {...props} action="close">
            <p>{say('desk.act.closeWhy')}</p>
            <Choose say={say} name="outcome" label={say('desk.act.outcome')} options={view.outcomes} />
            <Reason label={say('desk.act.reasonInside')} />
            <button type="submit">{say('desk.act.closeSend')}</button>
          </ActionForm>
        </More>
      ) : null}
      {may.reopen ? (
        <ActionForm {...props} action="reopen">
          <Reason label={say('desk.act.reasonInside')} />
          <button type="submit">{say('desk.act.reopen')}</button>
        </ActionForm>
      ) : null}
    </>
  );
};

const ReplyForm = (props: Props) => {
  const { say, typed } = props;
  return (
    <ActionForm {...props} action="reply" kind="reply" hasFiles>
      <label>
        <strong>{say('desk.act.reply')}</strong>
        <textarea name="text" rows={3} maxlength={TEXT_MAX}>
          {typed ?? ''}
        </textarea>
      </label>
      <label>
        {say('desk.act.files')}
        <input type="file" name="file" multiple />
      </label>
      <button class="main" type="submit">
        {say('desk.act.replySend')}
      </button>
    </ActionForm>
  );
};

const NoteForm = (props: Props) => {
  const { say } = props;
  return (
    <ActionForm {...props} action="note" kind="note">
      <label>
        <strong>{say('desk.act.note')}</strong>
        <span class="inside">{say('desk.act.noteInside')}</span>
        <textarea name="text" rows={2} maxlength={TEXT_MAX} required></textarea>
      </label>
      <button type="submit">{say('desk.act.noteSend')}</button>
    </ActionForm>
  );
};

const More = ({ title, children }: { title: string; children: Child }) => (
  <details class="more">
    <summary>{title}</summary>
    {children}
  </details>
);

interface FormProps extends Props {
  readonly action: string;
  readonly kind?: string;
  readonly hasFiles?: boolean;
  readonly children: Child;
}

const ActionForm = ({ view, mark, nonce, action, kind = '', hasFiles = false, children }: FormProps) => (
  <form
    class={`act ${kind}`}
    method="post"
    action={`/staff/cases/${view.code}/${action}`}
    enctype={hasFiles ? 'multipart/form-data' : undefined}
  >
    <input type="hidden" name="mark" value={mark} />
    <input type="hidden" name="nonce" value={nonce} />
    {children}
  </form>
);

interface ChooseProps {
  readonly say: Say;
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
}

/** Nothing is chosen beforehand: what is sent here, an owner reads. */
const Choose = ({ say, name, label, options }: ChooseProps) => (
  <label>
    {label}
    <select name={name} required>
      <option value="">{say('desk.act.choose')}</option>
      {options.map(({ id, label: words }) => (
        <option value={id}>{words}</option>
      ))}
    </select>
  </label>
);

const Reason = ({ label, required = false }: { label: string; required?: boolean }) => (
  <label>
    {label}
    <textarea name="reason" rows={2} maxlength={REASON_MAX} required={required}></textarea>
  </label>
);
