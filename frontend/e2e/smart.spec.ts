import { expect } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

test('advice beside the fields while a goal is written, and on its page until it starts', async ({
  page,
}) => {
  await signIn(page, 'employee')
  await page.goto('/goals?new=true')
  const drawer = page.getByRole('dialog', { name: 'New goal' })
  await drawer.getByRole('textbox', { name: /want to reach/ }).fill('Improve our customer support')
  await drawer.getByRole('textbox', { name: /What is measured/ }).fill('Hold ten workshops')
  await expect(drawer.getByText('Say what “improve” means here.')).toBeVisible()
  const work = drawer.getByText(/“hold” is something you do/)
  await expect(work).toBeVisible()
  expect(await violations(page)).toEqual([])
  const reason = 'Say in a sentence why it matters now.'
  await drawer.getByRole('button', { name: `Dismiss: ${reason}` }).click()
  await expect(drawer.getByText(reason)).toHaveCount(0)
  // It goes away by being followed, too.
  await drawer.getByRole('textbox', { name: /What is measured/ }).fill('Answers on the same day')
  await expect(work).toHaveCount(0)
  await drawer.getByRole('textbox', { name: /Target/ }).fill('90')
  await drawer.getByRole('checkbox', { name: 'Keep it a draft for now' }).check()
  await drawer.getByRole('button', { name: 'Set goal' }).click()

  const advice = page.getByRole('region', { name: 'How clear is it?' })
  await expect(advice.getByTitle('Measurable: could be clearer')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await advice.getByRole('button', { name: 'Change this: Say what is counted.' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit key result' })
  await expect(edit.getByText('Say what is counted.')).toBeVisible()
  await edit.getByRole('textbox', { name: 'Unit' }).fill('answers')
  await expect(edit.getByText('Say what is counted.')).toHaveCount(0)
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(advice.getByTitle('Measurable: clear')).toBeVisible()
  await page.getByRole('button', { name: 'Start goal' }).click()
  await expect(advice).toHaveCount(0)
})
