import type { PeerAnswer } from '../peer.ts';
import { json } from './google-errors.ts';
import { MESSAGE_LIMIT_BYTES } from './mailbox.ts';
import { type GmailAccess, scopesFor } from './scopes.ts';

/**
 * GET https://gmail.googleapis.com/$discovery/rest?version=v1, with the methods that the peer plays:
 * clients that build themselves from it (Google's Python client) learn paths, scopes and upload addresses here.
 * Format: developers.google.com/discovery/v1/reference/apis; figures from PROVIDERS.md A3.
 */
export function gmailDiscovery(): PeerAnswer {
  return json({
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: 'gmail:v1',
    name: 'gmail',
    version: 'v1',
    revision: '20260727',
    title: 'Gmail API (local stand-in)',
    protocol: 'rest',
    rootUrl: 'https://gmail.googleapis.com/',
    baseUrl: 'https://gmail.googleapis.com/',
    mtlsRootUrl: 'https://gmail.mtls.googleapis.com/',
    servicePath: '',
    basePath: '',
    batchPath: 'batch',
    parameters: {
      alt: { type: 'string', enum: ['json', 'media', 'proto'], default: 'json', location: 'query' },
    },
    schemas: {
      Message: messageSchema(),
      Profile: { id: 'Profile', type: 'object', properties: {} },
    },
    resources: {
      users: {
        methods: {
          getProfile: method('getProfile', 'GET', 'profile', ['profile', { response: 'Profile' }]),
        },
        resources: {
          messages: {
            methods: {
              send: method('messages.send', 'POST', 'messages/send', [
                'send',
                { request: 'Message', response: 'Message', ...uploads('messages/send') },
              ]),
            },
          },
        },
      },
    },
  });
}

function messageSchema(): object {
  const text = { type: 'string' };
  const labelIds = { type: 'array', items: text };
  const properties = {
    id: text,
    threadId: text,
    labelIds,
    raw: { type: 'string', format: 'byte' },
  };
  return { id: 'Message', type: 'object', properties };
}

function method(
  name: string,
  httpMethod: string,
  path: string,
  [access, { request, response, ...more }]: readonly [
    GmailAccess,
    { readonly request?: string; readonly response: string },
  ],
): object {
  return {
    id: `gmail.users.${name}`,
    path: `gmail/v1/users/{userId}/${path}`,
    flatPath: `gmail/v1/users/{userId}/${path}`,
    httpMethod,
    parameters: {
      userId: { type: 'string', location: 'path', required: true, default: 'me' },
    },
    parameterOrder: ['userId'],
    ...(request !== undefined && { request: { $ref: request } }),
    response: { $ref: response },
    scopes: scopesFor(access),
    ...more,
  };
}

function uploads(path: string): object {
  const at = (prefix: string): object => ({
    multipart: true,
    path: `${prefix}/gmail/v1/users/{userId}/${path}`,
  });
  return {
    supportsMediaUpload: true,
    mediaUpload: {
      accept: ['message/*'],
      maxSize: String(MESSAGE_LIMIT_BYTES),
      protocols: { simple: at('/upload'), resumable: at('/resumable/upload') },
    },
  };
}
