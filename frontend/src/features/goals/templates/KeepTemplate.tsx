import { Button, Menu, Modal, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTemplate } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addGoalTemplate } from '@/api/gen/sdk.gen'
import type { GoalDetail, GoalTemplateCreate } from '@/api/gen/types.gen'
import { toastDone } from '@/components/toasts'
import { refreshTemplates } from './queries'
import { type Beginning, FUNCTIONS, templateOf } from './template'

/** In the menu of a goal: keeps it for others to begin with. */
export function useKeepTemplate(goal: GoalDetail) {
  const { t, i18n } = useTranslation()
  const queryClient = useQueryClient()
  const [opened, { open, close }] = useDisclosure()
  const [fn, setFn] = useState<Beginning['function']>('leadership')
  const keep = useMutation({
    mutationFn: () => {
      const language = i18n.language as GoalTemplateCreate['language']
      return addGoalTemplate({ body: templateOf(goal, fn, language) })
    },
    onSuccess: () => {
      refreshTemplates(queryClient)
      toastDone(t('template.kept', { title: goal.title }))
      close()
    },
  })
  const item = (
    <Menu.Item leftSection={<IconTemplate size={17} stroke={1.7} />} onClick={open}>
      {t('template.keep')}
    </Menu.Item>
  )
  const dialog = (
    <Modal
      opened={opened}
      onClose={close}
      title={t('template.keep')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('template.keepHint')}
        </Text>
        <Select
          data-autofocus
          label={t('template.function')}
          allowDeselect={false}
          data={FUNCTIONS.map((value) => ({ value, label: t(`template.functions.${value}`) }))}
          value={fn}
          onChange={(value) => value && setFn(value as typeof fn)}
        />
        <Button loading={keep.isPending} onClick={() => keep.mutate()}>
          {t('template.keep')}
        </Button>
      </Stack>
    </Modal>
  )
  return { item, dialog }
}
