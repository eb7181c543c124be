import { Alert, Button, Group, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { useDraft } from '@/components/useDraft'
import { useFormat } from '@/i18n/format'

type Kept = ReturnType<typeof useDraft>

/** Says that what was typed another time is here again. */
export function DraftBack({ draft }: { draft: Kept }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!draft.backFrom) return null
  return (
    <Alert color="sky" icon={<IconHistory size={18} />} py="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('feedback.draft.back', { date: format.elapsed(draft.backFrom) })}</Text>
        <Button size="compact-sm" variant="default" onClick={draft.beginAnew}>
          {t('feedback.draft.beginAnew')}
        </Button>
      </Group>
    </Alert>
  )
}

/** "Draft kept on this device, 10:42". */
export function useDraftNote({ keptAt }: Kept): string | null {
  const { t } = useTranslation()
  const format = useFormat()
  return keptAt && t('feedback.draft.kept', { time: format.time(keptAt) })
}
