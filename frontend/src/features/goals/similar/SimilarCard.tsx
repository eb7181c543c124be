import { Card, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getSimilarGoalsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { SimilarList } from './SimilarList'

/** Who else is after the same. Nothing, where nobody is. */
export function SimilarCard({ goalId }: { goalId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(getSimilarGoalsOptions({ path: { goal_id: goalId } }))
  if (!data || data.items.length === 0) return null
  return (
    <Card component="section" aria-label={t('similar.title')} className="no-print">
      <Title order={2} mb={4}>
        {t('similar.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('similar.text')}
      </Text>
      <SimilarList goals={data.items} />
    </Card>
  )
}
