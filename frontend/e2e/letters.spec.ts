import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { signIn, test } from './as'

const FOLDER = join(process.env.E2E_HOME ?? '', 'mail')

/** The link of the newest letter to somebody, as the folder keeps letters where no server is set. */
async function linkTo(email: string, path: string): Promise<string> {
  const find = () => {
    if (!existsSync(FOLDER)) return '' // made with the first letter
    const letters = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => readFileSync(join(FOLDER, name), 'utf8').replace(/=\r?\n/g, ''))
      .filter((letter) => letter.includes(email))
    return letters.at(-1)?.match(new RegExp(`${path}#[\\w-]+`))?.[0] ?? ''
  }
  await expect.poll(find, { timeout: 10_000 }).not.toBe('')
  return find()
}

test('a letter brings the invitation, and another one a new password', async ({
  page,
  browser,
  baseURL,
}) => {
  const api = await signIn(page, 'hr')
  const email = `lena.${Date.now()}@example.com`
  const lena = await api.post('/v1/people', {
    data: { given_name: 'Lena', family_name: 'Letter', email },
  })
  await page.goto(`/people/${lena.id}?dialog=invite`)
  await page.getByRole('button', { name: 'Send by e-mail' }).click()
  await expect(page.getByRole('status')).toContainText(`on its way to ${email}`)

  const theirs = await browser.newContext({ baseURL })
  const lenas = await theirs.newPage()
  await lenas.goto(await linkTo(email, '/invitation'))
  await lenas.getByLabel('New password', { exact: true }).fill('gravel lantern orbit 17')
  await lenas.getByLabel('New password again').fill('gravel lantern orbit 17')
  await lenas.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(lenas.getByRole('heading', { level: 1, name: /, Lena$/ })).toBeVisible()
  await theirs.close()

  const later = await browser.newContext({ baseURL })
  const again = await later.newPage()
  await again.goto('/sign-in')
  await again.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(again.getByRole('heading', { level: 1, name: 'A new password' })).toBeVisible()
  await again.getByLabel('E-mail').fill(email)
  await again.getByRole('button', { name: 'Send link' }).click()
  await expect(again.getByRole('status')).toContainText(email)

  const link = await linkTo(email, '/password-reset')
  await again.goto(link)
  await again.getByLabel('New password', { exact: true }).fill('copper window seldom 23')
  await again.getByLabel('New password again').fill('copper window seldom 23')
  await again.getByRole('button', { name: 'Set password' }).click()
  await expect(again.getByRole('heading', { name: 'Your new password is set' })).toBeVisible()
  expect(again.url()).not.toContain('#')
  await again.getByRole('link', { name: 'Sign in' }).click()
  await again.getByLabel('E-mail').fill(email)
  await again.getByRole('textbox', { name: 'Password' }).fill('copper window seldom 23')
  await again.getByRole('button', { name: 'Sign in' }).click()
  await expect(again.getByRole('heading', { level: 1, name: /, Lena$/ })).toBeVisible()

  // What was used once opens nothing, and says where a new link comes from.
  await again.goto('/forgot-password')
  await again.goto(link)
  await again.getByLabel('New password', { exact: true }).fill('another good one 23')
  await again.getByLabel('New password again').fill('another good one 23')
  await again.getByRole('button', { name: 'Set password' }).click()
  await expect(again.getByRole('alert')).toContainText('not valid any more')
  await expect(again.getByRole('link', { name: 'Ask for a new link' })).toBeVisible()
  await later.close()
})
