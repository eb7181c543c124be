import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: '../openapi/openapi.json',
  output: { path: 'src/api/gen', clean: true },
  parser: { pagination: { keywords: ['cursor'] } },
  plugins: [
    {
      name: '@hey-api/client-fetch',
      throwOnError: true,
      runtimeConfigPath: './src/api/client-config.ts',
    },
    { name: '@hey-api/typescript', enums: false },
    { name: '@hey-api/sdk' },
    {
      name: '@tanstack/react-query',
      infiniteQueryOptions: true,
      queryOptions: true,
      mutationOptions: true,
    },
  ],
})
