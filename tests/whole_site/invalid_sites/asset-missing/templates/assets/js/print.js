import "./khong-co.js";
