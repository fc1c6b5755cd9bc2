import tseslint from 'typescript-eslint';
import { floorsRule } from './tests/house/floors.ts';

const house = { rules: { floors: floorsRule } };

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
