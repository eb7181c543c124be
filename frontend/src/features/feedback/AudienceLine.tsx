import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FeedbackVisibility } from '@/api/gen/types.gen'
import { AUDIENCE_ICON, type Between, useAudienceText } from './audience'

interface AudienceLineProps {
  visibility: FeedbackVisibility
  between: Between
}

/** Who reads it, said in words beside a sign. */
export function AudienceLine({ visibility, between }: AudienceLineProps) {
  const { t } = useTranslation()
  const audienceText = useAudienceText()
  const Shape = AUDIENCE_ICON[visibility]
  return (
    <Group gap={6} wrap="nowrap" c="dimmed" title={t('audience.label')}>
      <Shape size={15} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
      <Text size="xs" inherit={false}>
        {audienceText(visibility, between)}
      </Text>
    </Group>
  )
}
