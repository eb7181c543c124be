import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test'

export type Role = 'admin' | 'hr' | 'manager' | 'employee'

export interface SignIn {
  email: string
  password: string
}

export function signInOf(role: Role): SignIn {
  const known = JSON.parse(process.env.E2E_SIGN_INS ?? '{}') as Partial<Record<Role, SignIn>>
  const found = known[role]
  if (!found) throw new Error('E2E_SIGN_INS lacks the sign-ins of the demo: run `make e2e`')
  return found
}

/** The API as somebody, for what a journey needs to know before it begins. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  private get options() {
    return { headers: { Authorization: `Bearer ${this.token}` } }
  }

  // biome-ignore lint/suspicious/noExplicitAny: journeys read what they need of any document
  async get(path: string): Promise<any> {
    const answer = await this.request.get(path, this.options)
    expect(answer.ok(), `GET ${path}`).toBe(true)
    return answer.json()
  }

  // biome-ignore lint/suspicious/noExplicitAny: see above
  async post(path: string, body: object): Promise<any> {
    const answer = await this.request.post(path, { ...this.options, ...body })
    expect(answer.ok(), `POST ${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }
}

/**
 * Signs a browser in without the form: the cookie comes from the API, and the one bit that the
 * page keeps says that it is worth asking for a renewal. Every test has a session of its own,
 * since refresh tokens rotate and their reuse ends a session.
 */
export async function signIn(page: Page, role: Role): Promise<Api> {
  const answer = await page.request.post('/v1/auth/sessions', { data: signInOf(role) })
  expect(answer.status()).toBe(201)
  await page.addInitScript(() => localStorage.setItem('perfapi.signed-in', '1'))
  const { access_token } = await answer.json()
  return new Api(page.request, access_token)
}

/** A test in which an error on the console is a failure; `allowed` names what may be said. */
export const test = base.extend<{ allowed: RegExp[] }>({
  allowed: [[], { option: true }],
  page: async ({ page, allowed }, use) => {
    const said: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
    })
    page.on('pageerror', (error) => said.push(error.message))
    await use(page)
    expect(said.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([])
  },
})

/**
 * The same in a browser that others have used before, as people's own are: what it has fetched
 * and compiled is there. For tests that look, and leave nothing behind.
 */
export const testInOneBrowser = test.extend<object, { used: BrowserContext }>({
  used: [
    async ({ browser }, use) => {
      const context = await browser.newContext()
      await use(context)
      await context.close()
    },
    { scope: 'worker' },
  ],
  context: ({ used }, use) => use(used),
})
