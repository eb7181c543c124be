import { expect, type Page } from '@playwright/test'
import { signIn, test } from './as'

async function choose(page: Page, act: string) {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}

test('proposed, agreed, closed with a retrospective, reopened, closed again and archived', async ({
  page,
  browser,
}) => {
  const api = await signIn(page, 'employee')
  const title = `Answer within the hour ${Date.now()}`
  const goal = await api.post('/v1/goals', {
    data: { title, level: 'person', key_results: [{ title: 'Answers in time', target: '90' }] },
  })

  await page.goto(`/goals/${goal.id}`)
  await choose(page, 'Propose')
  const proposal = page.getByRole('dialog', { name: 'Propose' })
  await proposal.getByRole('textbox').fill('Is this the right size?')
  await proposal.getByRole('button', { name: 'Propose' }).click()
  await expect(page.getByText('Waits for the manager')).toBeVisible()

  const elsewhere = await browser.newContext()
  const boss = await elsewhere.newPage()
  await signIn(boss, 'manager')
  await boss.goto('/')
  await boss.getByRole('link', { name: title }).first().click()
  await expect(boss.getByText('Is this the right size?')).toBeVisible()
  await api.post(`/v1/goals/${goal.id}/key-results`, {
    data: { title: 'Answers that help', target: '80' },
  })
  await boss.getByRole('button', { name: 'Agree' }).first().click()
  await expect(boss.getByText('It was changed meanwhile: read it again.')).toBeVisible()
  await expect(boss.getByText('Answers that help').first()).toBeVisible()
  await boss.getByRole('button', { name: 'Agree' }).first().click()
  await expect(boss.getByText('Agreed', { exact: true })).toBeVisible()
  await elsewhere.close()

  await page.reload()
  await expect(page.getByText('Agreed', { exact: true })).toBeVisible()
  await choose(page, 'Close goal')
  const closing = page.getByRole('dialog', { name: 'Close goal' })
  await closing.getByRole('textbox', { name: /What came of it/ }).fill('We nearly got there.')
  await closing.getByRole('textbox', { name: 'What worked' }).fill('One list for everybody.')
  await closing.getByRole('button', { name: 'Close goal' }).click()
  await expect(page.getByText('One list for everybody.')).toBeVisible()

  await choose(page, 'Reopen')
  await expect(page.getByText('We nearly got there.')).toBeVisible()
  await choose(page, 'Close goal')
  await closing.getByRole('textbox', { name: /What came of it/ }).fill('Now we are there.')
  await closing.getByRole('button', { name: 'Close goal' }).click()
  await expect(page.getByText('Now we are there.')).toBeVisible()
  await expect(page.getByText('We nearly got there.')).toBeVisible()

  await choose(page, 'Archive')
  await expect(page.getByText('Archived', { exact: true })).toBeVisible()
  await page.goto('/goals?state=archived')
  await expect(page.getByRole('link', { name: title })).toBeVisible()
})
