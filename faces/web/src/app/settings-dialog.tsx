import { type Settings, setSetting, settings } from '../data/settings.ts'
import { useStore } from '../data/small-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choices } from '../ui/field.tsx'
import { SignOut } from './sign-out.tsx'

export function SettingsDialog({ close }: { close: () => void }) {
  const now = useStore(settings)
  return (
    <Dialog title="Settings" says="Kept on this desktop only." close={close}>
      <div className="form">
        <Choices<Settings['theme']>
          label="Colours"
          name="theme"
          value={now.theme}
          options={[
            { value: 'system', says: 'As the system' },
            { value: 'dark', says: 'Dark' },
            { value: 'light', says: 'Light' },
          ]}
          change={(theme) => setSetting({ theme })}
        />
        <label className="choice">
          <input
            type="checkbox"
            checked={now.singleKeys}
            onChange={(event) => setSetting({ singleKeys: event.target.checked })}
          />
          <span>Single-key shortcuts (off: arrows, Enter and Ctrl-K still work)</span>
        </label>
        <label className="choice">
          <input
            type="checkbox"
            checked={now.preview}
            onChange={(event) => setSetting({ preview: event.target.checked })}
          />
          <span>Preview beside the queue</span>
        </label>
        <footer className="dialog-foot">
          <SignOut />
          <span className="spread" />
          <Button onClick={close}>Done</Button>
        </footer>
      </div>
    </Dialog>
  )
}
