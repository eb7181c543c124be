import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What is not accessible on the page as it stands, in words that help to find it. */
export async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  return found.map(({ id, nodes }) => {
    const where = nodes.map(({ html }) => html.slice(0, 140)).slice(0, 3)
    return `${id} (${nodes.length}): ${where.join(' | ')} ${nodes[0]?.failureSummary ?? ''}`
  })
}
