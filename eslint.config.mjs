import jest from 'eslint-plugin-jest';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Imports point one way: a layer may use those after it, never those before it. */
const LAYERS = [
  'operations',
  'sync',
  'diagnosis',
  'targets',
  'users',
  'connector',
  'alerts',
  'oauth',
  'access',
  'cloudlink',
  'zoom',
  'sip',
  'platform',
];

const directions = LAYERS.flatMap((layer, index) => {
  const higher = LAYERS.slice(0, index);
  // The two providers do not know each other.
  const forbidden = layer === 'cloudlink' ? [...higher, 'zoom'] : higher;
  return forbidden.length === 0
    ? []
    : [
        {
          target: `./src/${layer}`,
          from: forbidden.map((name) => `./src/${name}`),
          message: `${layer} lies below: see ARCHITECTURE.md`,
        },
      ];
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data*/'] },
  {
    files: ['{src,sandbox,test,bench}/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js', '.json'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...directions,
            {
              target: './src',
              from: './sandbox',
              except: [],
              message: 'src knows the sandbox only in sandbox mode (load-config.ts, sandbox-mode.ts, sandbox-story.ts)',
            },
            {
              target: './sandbox',
              from: './src',
              message: 'the sandbox stands for the outside world: it shares no code with what it tests',
            },
            { target: './src', from: ['./test', './bench'] },
          ],
        },
      ],
    },
  },
  {
    files: ['console/src/**/*.{ts,tsx}'],
    ignores: ['console/src/api/schema.d.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx'] })] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // An event handler of React may be asynchronous: what it throws is shown by the mutation that it starts.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            {
              target: './console',
              from: ['./src', './sandbox', './test', './bench'],
              message: 'the console knows the API alone',
            },
            {
              target: ['./console/src/api', './console/src/language', './console/src/session'],
              from: ['./console/src/pages', './console/src/shell'],
            },
            { target: './console/src/shell', from: './console/src/pages' },
          ],
        },
      ],
    },
  },
  {
    // The doors to the sandbox, behind a dynamic import.
    files: ['src/load-config.ts', 'src/sandbox-mode.ts', 'src/sandbox-story.ts'],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
  {
    // Nest needs the classes it injects at run time: a type import would erase them from the decorator metadata.
    files: ['src/**/*.{controller,module,service,guard,filter,dto,entity}.ts', 'src/**/*.decorators.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['**/*.{spec,test}.ts', 'test/**/*.ts'],
    plugins: { jest },
    rules: {
      'jest/valid-expect': 'error',
      'jest/expect-expect': 'off',
      'jest/no-focused-tests': 'error',
      'jest/valid-expect-in-promise': 'error',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
