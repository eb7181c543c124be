import { Alert, Box, Button, Drawer, Group, type MantineSize, Stack, Text } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FormDrawer.module.css'
import { Conflict, FormProblem } from './FormProblem'
import type { SaveState } from './useFormSave'
import { useReturnFocus } from './useReturnFocus'

interface FormDrawerProps {
  title: string
  save: SaveState
  submitLabel: string
  /** Called when the drawer has closed; render it only while it is wanted. */
  onClosed: () => void
  size?: MantineSize | number
  /** What was typed is given up. */
  onDiscard?: () => void
  /** A quiet word beside the buttons. */
  note?: ReactNode
  children: ReactNode
}

/** A drawer to create or edit, which does not lose what was typed without asking. */
export function FormDrawer(props: FormDrawerProps) {
  const { title, save, submitLabel, onClosed, size, onDiscard, note, children } = props
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const leaving = useRef(false)
  const form = useRef<HTMLFormElement>(null)
  const blocker = useBlocker({
    shouldBlockFn: () => !leaving.current && save.isDirty(),
    enableBeforeUnload: () => !leaving.current && save.isDirty(),
    withResolver: true,
  })
  const isBlocked = blocker.status === 'blocked'
  useReturnFocus()

  const close = () => {
    if (save.isDirty()) setAsking(true)
    else onClosed()
  }
  const stay = () => {
    setAsking(false)
    blocker.reset?.()
  }
  const discard = () => {
    leaving.current = true
    setAsking(false)
    onDiscard?.()
    if (isBlocked) blocker.proceed()
    else onClosed()
  }

  return (
    <Drawer
      opened
      onClose={close}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={classes}
    >
      <form
        ref={form}
        onSubmit={save.submit}
        onKeyDown={getHotkeyHandler([['mod+Enter', () => form.current?.requestSubmit()]])}
        noValidate
        className={classes.form}
      >
        <Stack gap="md" className={classes.fields}>
          {save.keepMine && <Conflict onReload={save.takeTheirs} onKeepMine={save.keepMine} />}
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          {children}
        </Stack>
        <Box className={classes.footer}>
          {asking || isBlocked ? (
            <Alert color="amber" title={t('unsaved.title')} role="alertdialog">
              <Group gap="xs" mt={4}>
                <Button size="xs" onClick={stay} data-autofocus>
                  {t('unsaved.stay')}
                </Button>
                <Button size="xs" variant="default" onClick={discard}>
                  {t('unsaved.discard')}
                </Button>
              </Group>
            </Alert>
          ) : (
            <Group justify="space-between" gap="sm">
              <Text size="xs" c="dimmed" aria-live="polite">
                {note}
              </Text>
              <Group gap="sm" ml="auto">
                <Button variant="default" onClick={close}>
                  {t('common.cancel')}
                </Button>
                <Button type="submit" loading={save.isSaving}>
                  {submitLabel}
                </Button>
              </Group>
            </Group>
          )}
        </Box>
      </form>
    </Drawer>
  )
}
