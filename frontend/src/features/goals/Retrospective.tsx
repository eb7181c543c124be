import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Retrospective as Looking } from '@/api/gen/types.gen'
import { Markdown } from '@/components/Markdown'

export const QUESTIONS = ['went_well', 'went_badly', 'next_time'] as const

/** What was learned, as far as somebody wrote it down. */
export function Retrospective({ retrospective }: { retrospective: Looking | null }) {
  const { t } = useTranslation()
  if (!retrospective) return null
  return QUESTIONS.map((question) => {
    const answer = retrospective[question]
    return (
      answer && (
        <div key={question}>
          <Text size="xs" c="dimmed" fw={560} mt="sm" mb={2}>
            {t(`retrospective.${question}`)}
          </Text>
          <Markdown>{answer}</Markdown>
        </div>
      )
    )
  })
}
