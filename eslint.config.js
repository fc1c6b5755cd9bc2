import tseslint from 'typescript-eslint';
import { deliveryAwaitsRule } from './tests/house/delivery-awaits.ts';
import { floorsRule } from './tests/house/floors.ts';

const house = { rules: { floors: floorsRule, 'delivery-awaits': deliveryAwaitsRule } };

export default tseslint.config(
  { ignores: ['.output', '.wxt', '.postern', 'node_modules'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { house },
    rules: {
      'house/floors': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['utils/**', 'components/**', 'entrypoints/**'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 3],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'webextension-polyfill',
              message:
                'only utils/platform/browser-platform.ts talks to the browser: take a shape of utils/platform/platform.ts as an argument.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'only the room network fetches: use its door.' },
        { name: 'chrome', message: 'only the room platform talks to the browser.' },
        { name: 'browser', message: 'only the room platform talks to the browser.' },
        { name: 'localStorage', message: 'nothing is stored in clear: use the vault.' },
        { name: 'sessionStorage', message: 'nothing is stored in clear: use the vault.' },
      ],
    },
  },
  {
    files: ['components/**/*.tsx'],
    rules: {
      'max-lines-per-function': ['error', { max: 90, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    // Where mail is delivered: each await may be the last thing that the worker does.
    files: [
      'utils/outbox/{queue-mail,sealed-mail}.ts',
      'utils/outbox/delivery/{attempt-mail,deliver-lane,lane-wall,note-end,ready-mail}.ts',
      'utils/outbox/delivery/{hand-over,handle-of,late-mails,send-context,settle-mail}.ts',
      'utils/providers/**/*.ts',
    ],
    rules: { 'house/delivery-awaits': 'error' },
  },
  {
    files: ['utils/platform/**'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
  {
    files: ['tests/**', '*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      'no-console': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
);
