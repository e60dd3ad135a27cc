import {
  cleanThumbprint,
  clientIdProblem,
  clientSecretProblem,
  signInMethods,
  takesCertificates,
} from '../../core/auth/checkAuth.ts';
import type { SignInMethod } from '../../core/model.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Choice } from '../../core/ui.ts';
import type { ConnectionDraft } from './connectionDraft.ts';
import { type Asking, inputStep, lookUp, tokenStep } from './connectionSteps.ts';
import { methodWords } from './methodWords.ts';
import { readPem } from './readPem.ts';
import type { Step } from './wizard.ts';

type DraftStep = Step<ConnectionDraft>;

/** How to sign in; a change forgets what was answered for the other way. */
export function methodStep({ ui, t, title, signal }: Asking, provider: Provider): DraftStep {
  return async (draft, place) => {
    const choices = signInMethods(provider).map((method): Choice<SignInMethod> => {
      return { ...methodWords(t, method, provider), value: method, isPicked: method === draft.method };
    });
    const options = { title, placeholder: t('How do you want to sign in?'), ...place };
    const answer = await ui.pick(choices, options, signal);
    if (answer === 'back') return 'back';
    if (answer.value === draft.method) return { value: draft };
    const { clientId: _, credential: __, ...rest } = withoutSecrets(draft);
    return { value: { ...rest, method: answer.value } };
  };
}

/** What a way of signing in asks for. @param isOptional blank keeps the secret that is saved */
export function secretSteps(
  asking: Asking,
  provider: Provider | undefined,
  { method, credential, privateKey, thumbprint }: ConnectionDraft,
  isOptional = false,
): readonly DraftStep[] {
  if (method === undefined || method === 'accessToken') return [tokenStep(asking, isOptional)];
  if (method === 'microsoft') return [];
  if (method !== 'clientCredentials') return [clientIdStep(asking)];
  if (!provider || !takesCertificates(provider)) return [clientIdStep(asking), clientSecretStep(asking, isOptional)];
  const steps = [clientIdStep(asking), credentialStep(asking)];
  if (credential === 'secret') return [...steps, clientSecretStep(asking, isOptional)];
  if (credential === undefined) return steps;
  const key = credential === 'pastedKey' ? pastedKeyStep(asking) : keyFileStep(asking);
  const hasThumbprint = privateKey === undefined || (thumbprint !== undefined && !thumbprint.isTyped);
  return hasThumbprint ? [...steps, key] : [...steps, key, thumbprintStep(asking)];
}

function clientIdStep(asking: Asking): DraftStep {
  const { t } = asking;
  const problems = {
    empty: t('Enter the id of the application.'),
    characters: t('An id has letters, digits and dashes only: copy it again.'),
  };
  return inputStep(asking, {
    prompt: t('The id of the application (client id), as its registration shows it'),
    value: (draft) => draft.clientId ?? '',
    validate: (text) => lookUp(problems, clientIdProblem(text)),
    take: (clientId) => ({ clientId }),
  });
}

function clientSecretStep(asking: Asking, isOptional: boolean): DraftStep {
  const { t } = asking;
  const problems = {
    empty: isOptional ? undefined : t('Enter the client secret.'),
    characters: t('A secret has no special characters: copy it again.'),
  };
  return inputStep(asking, {
    prompt: isOptional
      ? t('A new client secret (leave it empty to keep the one that is saved)')
      : t('The client secret; it is kept in the secret storage of VS Code and nowhere else'),
    value: () => '',
    isSecret: true,
    validate: (text) => lookUp(problems, clientSecretProblem(text)),
    take: (clientSecret) => (clientSecret ? { clientSecret } : {}),
  });
}

function credentialStep({ ui, t, title, signal }: Asking): DraftStep {
  const choices: Choice<NonNullable<ConnectionDraft['credential']>>[] = [
    { label: t('Client secret'), icon: 'key', value: 'secret' },
    { label: t('Certificate from a file (PEM)'), icon: 'file', value: 'keyFile' },
    { label: t('Certificate to be pasted (PEM)'), icon: 'clippy', value: 'pastedKey' },
  ];
  return async (draft, place) => {
    const options = { title, placeholder: t('How does the application prove itself?'), ...place };
    const answer = await ui.pick(choices, options, signal);
    return answer === 'back' ? 'back' : { value: { ...withoutSecrets(draft), credential: answer.value } };
  };
}

function pastedKeyStep(asking: Asking): DraftStep {
  const { t } = asking;
  const problems = pemProblems(asking);
  return inputStep(asking, {
    prompt: t('The private key in PEM, with its certificate if you have it; kept in the secret storage of VS Code'),
    value: () => '',
    isSecret: true,
    validate: (text) => lookUp(problems, readPem(text).problem),
    take: pemAnswer,
  });
}

function keyFileStep(asking: Asking): DraftStep {
  const { ui, t, title, signal } = asking;
  const problems = pemProblems(asking);
  return async (draft) => {
    for (;;) {
      const text = await ui.pickTextFile(
        { title: t('Private Key and Certificate (PEM)'), extensions: ['pem', 'key'] },
        signal,
      );
      if (text === undefined) return 'back';
      const { problem } = readPem(text);
      if (problem === undefined) return { value: { ...draft, ...pemAnswer(text) } };
      const again = await ui.confirm(title, problems[problem], [{ label: t('Choose Another File'), value: true }]);
      if (!again) return 'back';
    }
  };
}

function thumbprintStep(asking: Asking): DraftStep {
  const { t } = asking;
  return inputStep(asking, {
    prompt: t("The certificate's SHA-256 thumbprint: 64 hexadecimal digits"),
    value: ({ thumbprint }) => thumbprint?.value ?? '',
    validate: (text) => (cleanThumbprint(text) ? undefined : t('Enter 64 hexadecimal digits, with or without colons.')),
    take: (text) => ({ thumbprint: { value: cleanThumbprint(text) ?? '', isTyped: true } }),
  });
}

function pemAnswer(text: string): Partial<ConnectionDraft> {
  const { privateKey, thumbprintSha256 } = readPem(text);
  return {
    ...(privateKey === undefined ? {} : { privateKey }),
    thumbprint:
      thumbprintSha256 === undefined ? { value: '', isTyped: true } : { value: thumbprintSha256, isTyped: false },
  };
}

function pemProblems({ t }: Asking) {
  return {
    notPem: t('There is no private key in PEM here. It begins with -----BEGIN PRIVATE KEY-----.'),
    encrypted: t('The private key is encrypted: decrypt it first, for example by “openssl pkcs8”.'),
  };
}

function withoutSecrets(draft: ConnectionDraft): ConnectionDraft {
  const { accessToken: _, clientSecret: __, privateKey: ___, thumbprint: ____, ...rest } = draft;
  return rest;
}
