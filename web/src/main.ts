import "./early";
import "./styles/base.css";
import "./styles/frame.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { choices } from "./lib/words.svelte";

const target = document.getElementById("app");
if (target) void choices.learn().then(() => mount(App, { target }));
