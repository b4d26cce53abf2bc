import "./print.js";
