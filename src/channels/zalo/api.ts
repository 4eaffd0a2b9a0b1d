/** The calls of the Open API that we use; each answers with an outcome, never with an error that holds a token. */
import type { Http } from './client.ts';
import type { Button } from './encode.ts';
import { unwrap, type Outcome } from './failures.ts';

export interface OaApi {
  sendText(token: string, user: string, text: string, buttons: readonly Button[]): Promise<Outcome>;
  sendImage(token: string, user: string, attachmentId: string): Promise<Outcome>;
  sendFile(token: string, user: string, fileToken: string): Promise<Outcome>;
  requestUserInfo(token: string, user: string, card: ContactCard): Promise<Outcome>;
  uploadImage(token: string, file: Upload): Promise<Outcome>;
  uploadFile(token: string, file: Upload): Promise<Outcome>;
  /** Health of the account: name, package. */
  getOa(token: string): Promise<Outcome>;
  /** Not bound to the seven days. */
  sendTemplateByUid(token: string, user: string, template: Template): Promise<Outcome>;
  sendTemplateByPhone(token: string, phone: string, template: Template & { trackingId: string }): Promise<Outcome>;
  templateInfo(token: string, templateId: string): Promise<Outcome>;
}

export interface ContactCard {
  readonly title: string;
  readonly subtitle: string;
  readonly imageUrl: string;
}

export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Template {
  readonly templateId: string;
  readonly data: Readonly<Record<string, string>>;
}

/** A file of 5 MB on a slow line. */
const UPLOAD_MS = 60_000;

export function openApi(http: Http, roots: { readonly api: string; readonly business: string }): OaApi {
  const post = async (surface: 'oa' | 'zbs', url: string, token: string, json: unknown): Promise<Outcome> =>
    unwrap(surface, await http({ method: 'POST', url, headers: { access_token: token }, json }));
  const get = async (surface: 'oa' | 'zbs', url: string, token: string): Promise<Outcome> =>
    unwrap(surface, await http({ method: 'GET', url, headers: { access_token: token } }));
  const cs = (token: string, user: string, message: unknown) =>
    post('oa', `${roots.api}/v3.0/oa/message/cs`, token, { recipient: { user_id: user }, message });
  const upload = async (kind: 'image' | 'file', token: string, { name, type, bytes }: Upload): Promise<Outcome> => {
    const multipart = new FormData();
    multipart.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    const url = `${roots.api}/v2.0/oa/upload/${kind}`;
    const headers = { access_token: token };
    return unwrap('oa', await http({ method: 'POST', url, headers, multipart, timeoutMs: UPLOAD_MS }));
  };
  return {
    // Buttons hang on a template without a `template_type`.
    sendText: (token, user, text, buttons) =>
      cs(
        token,
        user,
        buttons.length === 0 ? { text } : { text, attachment: { type: 'template', payload: { buttons } } },
      ),
    sendImage: (token, user, id) => {
      const payload = { template_type: 'media', elements: [{ media_type: 'image', attachment_id: id }] };
      return cs(token, user, { attachment: { type: 'template', payload } });
    },
    sendFile: (token, user, file) => cs(token, user, { attachment: { type: 'file', payload: { token: file } } }),
    requestUserInfo: (token, user, { title, subtitle, imageUrl }) => {
      const payload = { template_type: 'request_user_info', elements: [{ title, subtitle, image_url: imageUrl }] };
      return cs(token, user, { attachment: { type: 'template', payload } });
    },
    uploadImage: (token, file) => upload('image', token, file),
    uploadFile: (token, file) => upload('file', token, file),
    getOa: (token) => get('oa', `${roots.api}/v2.0/oa/getoa`, token),
    sendTemplateByUid: (token, user, { templateId, data }) =>
      post('oa', `${roots.api}/v3.0/oa/message/template`, token, {
        user_id: user,
        template_id: templateId,
        template_data: data,
      }),
    sendTemplateByPhone: (token, phone, { templateId, data, trackingId }) =>
      post('zbs', `${roots.business}/message/template`, token, {
        phone,
        template_id: templateId,
        template_data: data,
        tracking_id: trackingId,
      }),
    templateInfo: (token, templateId) =>
      get('zbs', `${roots.business}/template/info/v2?template_id=${encodeURIComponent(templateId)}`, token),
  };
}
