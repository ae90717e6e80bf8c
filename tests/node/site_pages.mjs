// A page of each kind, with its heading.
export const pages = {
  "": "The Olympic results",
  "games/2012-summer": "2012 Summer Olympics",
  "events/cycling-track/time-trial/men": "Men's track time trial",
  "editions/2012-summer/cycling-road/individual-time-trial/men": "Men's road time trial",
  "athletes/chris-hoy": "Chris Hoy",
  "nations/GBR": "Great Britain",
  "sports/cycling": "Cycling",
  athletes: "The most successful athletes",
  nations: "Nations",
  sports: "Sports",
  records: "Olympic records",
  "on-this-day?month=8&day=20": "20 August in Olympic history",
};
