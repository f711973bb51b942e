package task

import (
	"context"
	"errors"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// A task that is called off before anybody ran its command is over at once, and
// the command does nothing when it is run after all.
func TestATaskThatIsCalledOffBeforeItBegins(t *testing.T) {
	task, cmd := Start(t.Context(), func(context.Context, func(int)) (int, error) {
		t.Error("the work began")
		return 1, nil
	})
	task.Cancel()
	<-task.over
	batch, ok := cmd().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("the command is %T, want the work and what fetches its messages", cmd())
	}
	batch[0]()
	ended, ok := batch[1]().(EndedMsg[int, int])
	if !ok || !errors.Is(ended.Err, context.Canceled) {
		t.Errorf("its last message is %+v, want that it was cancelled", ended)
	}
}
