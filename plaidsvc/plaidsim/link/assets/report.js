// newReport tells the backend what happens, as it happens and in this order: a
// person who closes the page never says so. send gets the events that came up
// while the ones before were on their way.
//
// The report never fails the session. It returns when all is told so far.
export function newReport(send) {
  const waiting = [];
  let told = Promise.resolve();
  return (event) => {
    waiting.push(event);
    told = told.then(async () => {
      const batch = waiting.splice(0);
      if (batch.length > 0) await send(batch).catch(() => {});
    });
    return told;
  };
}
