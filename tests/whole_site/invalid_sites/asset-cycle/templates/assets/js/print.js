import "./back.js";
