import { Card, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { findGoalsLikeOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { SimilarGoal } from '@/api/gen/types.gen'
import { SimilarList } from './SimilarList'

const LETTERS = 4
const AT_MOST = 3

interface SimilarHintProps {
  title: string
  onAlign: (goal: SimilarGoal) => void
}

/** Below a title that is being written: who is after the same already. It never stands in the way. */
export function SimilarHint({ title, onAlign }: SimilarHintProps) {
  const { t } = useTranslation()
  const written = title.trim()
  const [settled] = useDebouncedValue(written, 600)
  const isBegun = written.length >= LETTERS && settled.length >= LETTERS
  const { data } = useQuery({
    ...findGoalsLikeOptions({ query: { title: settled } }),
    enabled: isBegun,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  const goals = isBegun ? (data?.items ?? []).slice(0, AT_MOST) : []
  return (
    <div aria-live="polite">
      {goals.length > 0 && (
        <Card p="md" shadow="none" component="section" aria-label={t('similar.title')}>
          <Text size="sm" c="dimmed" mb="sm">
            {t('similar.hint')}
          </Text>
          <SimilarList goals={goals} elsewhere onAlign={onAlign} />
        </Card>
      )}
    </div>
  )
}
